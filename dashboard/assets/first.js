/* The page as the server drew it gives way to the app, part by part, without anything moving. */
(function () {
  "use strict";

  var first = document.getElementById("first");
  var entry = document.getElementById("react-entry-point");

  // The scheme that the reader chose on an earlier visit, which the app sets again.
  try {
    var scheme = window.localStorage.getItem("scheme");
    if (scheme === "light" || scheme === "dark") {
      document.documentElement.setAttribute("data-scheme", scheme);
    }
  } catch (_blocked) {
    // Without storage nothing was chosen.
  }

  window.positionsScheme = function () {
    var chosen = document.documentElement.getAttribute("data-scheme");
    return chosen || (window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  };

  // What the server drew stands in the app from its first moment on; the callbacks put the same there again.
  function takeOver() {
    var app = entry.querySelector("#page");
    if (!app) {
      return;
    }
    watch.disconnect();
    app.className = first.querySelector("#page").className;
    first.querySelectorAll("[data-first]").forEach(function (part) {
      var place = entry.querySelector("#" + part.id);
      if (place && !place.childNodes.length) {
        place.replaceChildren.apply(place, Array.from(part.childNodes));
      }
    });
    document.body.classList.remove("first");
    first.remove();
  }

  var watch = new MutationObserver(takeOver);
  if (first && entry) {
    watch.observe(entry, { childList: true, subtree: true });
  }
})();
