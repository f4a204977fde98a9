/* A document and the record of one of its quotes side by side: the quote stands out, the focus goes there and back. */
(function () {
  "use strict";

  var before = "";
  var place = "";
  var narrow = window.matchMedia("(max-width: 1020px)");

  function marks(ref) {
    return Array.prototype.filter.call(document.querySelectorAll(".whole mark"), function (mark) {
      return (" " + mark.getAttribute("data-in") + " ").indexOf(" " + ref + " ") >= 0;
    });
  }

  // Scrolls the document to the quote; on a narrow screen, where the record lies over its foot, the page too.
  function inSight(box, mark) {
    var low = mark.offsetTop - box.scrollTop;
    if (low < 0 || low > box.clientHeight / 2) {
      box.scrollTop = mark.offsetTop - box.clientHeight / 4;
    }
    var top = mark.getBoundingClientRect().top;
    if (narrow.matches && (top < 0 || top > window.innerHeight / 2)) {
      window.scrollBy(0, top - window.innerHeight / 4);
    }
  }

  // The place that a search leads to, once for each address: who reads on is not called back.
  function showPlace() {
    var box = document.querySelector(".whole[data-hit]");
    var number = box ? box.getAttribute("data-hit") : "";
    var at = number ? window.location.search : "";
    if (number) {
      document.querySelectorAll(".whole .hit").forEach(function (hit) {
        hit.classList.toggle("chosen", hit.getAttribute("data-place") === number);
      });
      if (at !== place) {
        inSight(box, box.querySelector(".hit.chosen"));
      }
    }
    place = at;
  }

  document.addEventListener("filled", showPlace);
  document.addEventListener("filled", function () {
    var shown = document.querySelector(".beside [data-shown]");
    var ref = shown ? shown.getAttribute("data-shown") : "";
    document.querySelectorAll(".whole mark.chosen").forEach(function (mark) {
      mark.classList.remove("chosen");
    });
    var chosen = ref ? marks(ref) : [];
    chosen.forEach(function (mark) {
      mark.classList.add("chosen");
    });
    if (ref === before) {
      return;
    }
    if (chosen.length) {
      inSight(document.querySelector(".whole"), chosen[0]);
    }
    var focused = document.activeElement;
    if (ref && focused && (focused.closest(".whole, .beside") || focused.hasAttribute("data-open"))) {
      shown.querySelector("h2").focus({ preventScroll: true });
    } else if (!ref && before && (!focused || focused === document.body || focused.closest(".beside"))) {
      var back = marks(before)[0];
      if (back) {
        back.querySelector("a").focus({ preventScroll: true });
      }
    }
    before = ref;
  });

  document.addEventListener("keydown", function (event) {
    var close = event.key === "Escape" && document.querySelector(".beside [data-close]");
    if (close && !document.querySelector("#drawer[open]")) {
      close.click();
    }
  });
})();
