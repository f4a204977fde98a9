/* The colour scheme chosen on the dashboard, before anything is drawn. */
(function () {
  "use strict";

  var dark = window.matchMedia("(prefers-color-scheme: dark)");

  function choose() {
    var kept = null;
    try {
      kept = window.localStorage.getItem("scheme");
    } catch (error) {
      kept = null; // a browser may keep nothing for us
    }
    var scheme = kept === "dark" || kept === "light" ? kept : dark.matches ? "dark" : "light";
    document.documentElement.setAttribute("data-scheme", scheme);
  }
  choose();
  dark.addEventListener("change", choose);
})();
