/* The keys of the review page; they can be switched off, and they are silent in fields. */
(function () {
  "use strict";

  var KEPT = "positions-review-keys";
  var box = document.getElementById("use-keys");
  if (!box) {
    return;
  }
  try {
    box.checked = window.localStorage.getItem(KEPT) !== "off";
  } catch (error) {
    box.checked = true; // a browser may keep nothing for us
  }
  box.addEventListener("change", function () {
    try {
      window.localStorage.setItem(KEPT, box.checked ? "on" : "off");
    } catch (error) {
      return; // then the choice holds for this page only
    }
  });

  document.addEventListener("keydown", function (event) {
    var field = event.target.closest && event.target.closest("input:not([type=checkbox]), textarea, select");
    if (!box.checked || field || event.ctrlKey || event.metaKey || event.altKey || event.repeat) {
      return;
    }
    var found = /^[arsu]$/.test(event.key) && document.querySelector("[data-key='" + event.key + "']");
    if (found) {
      event.preventDefault();
      if (found.tagName === "INPUT") {
        found.focus();
      } else {
        found.click();
      }
    }
  });
})();
