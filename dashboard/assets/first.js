/* The page as the server drew it gives way to the app, part by part, without anything moving; charts come last. */
(function () {
  "use strict";

  var first = document.getElementById("first");
  var entry = document.getElementById("react-entry-point");
  var address = window.location.href;

  // The scheme that the reader chose on an earlier visit, which the app sets again.
  try {
    var scheme = window.localStorage.getItem("mantine-color-scheme-value");
    if (scheme === "light" || scheme === "dark") {
      document.documentElement.setAttribute("data-mantine-color-scheme", scheme);
    }
  } catch (_blocked) {
    // Without storage nothing was chosen.
  }

  // What the server drew stands in the app from its first moment on; the callbacks put the same there again.
  function takeOver() {
    var app = entry.querySelector("#page");
    if (!app) {
      return;
    }
    watch.disconnect();
    app.className = first.querySelector("#page").className;
    first.querySelectorAll(".drawn").forEach(function (drawing) {
      var place = entry.querySelector("#" + drawing.parentNode.id);
      place.parentNode.insertBefore(drawing, place);
    });
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

  // A drawing goes once its chart is drawn, and with the view that it shows.
  function dropDrawings() {
    document.querySelectorAll("#react-entry-point .drawn").forEach(function (drawing) {
      var place = drawing.nextElementSibling;
      if (window.location.href !== address || place.querySelector(".main-svg .trace")) {
        drawing.remove();
      }
    });
  }

  document.addEventListener("filled", dropDrawings);

  function isThere(chart) {
    return document.getElementById(chart) !== null;
  }

  function whenIdle(work) {
    if (window.requestIdleCallback) {
      window.requestIdleCallback(work, { timeout: 1000 });
    } else {
      window.setTimeout(work, 200);
    }
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside);
  window.dash_clientside.positions = Object.assign({}, window.dash_clientside.positions, {
    // Adds the charts of the page that was just written, once, when the browser has nothing else to do.
    showCharts: function (written, data) {
      var charts = Object.keys(data.graphs);
      var unchanged = charts.map(function () { return window.dash_clientside.no_update; });
      var page = (document.getElementById("page").className.match(/\bon-([a-z]+)/) || [])[1];
      var wanted = (written && data.pages[page]) || [];
      if (!wanted.length || wanted.every(isThere)) {
        return unchanged;
      }
      return new Promise(function (resolve) {
        whenIdle(function () {
          wanted.forEach(function (chart) {
            var place = document.getElementById(chart + "-place");
            new MutationObserver(dropDrawings).observe(place, { childList: true, subtree: true });
          });
          resolve(charts.map(function (chart, index) {
            return wanted.indexOf(chart) >= 0 && !isThere(chart) ? data.graphs[chart] : unchanged[index];
          }));
        });
      });
    },

    // A mark in a chart stands for a statement or for a day.
    ask: function (click) {
      var refs = ((click && click.points) || []).map(function (point) { return point.customdata; });
      var ref = refs.find(function (one) { return typeof one === "string"; });
      if (!ref) {
        return window.dash_clientside.no_update;
      }
      return Object.assign(/^\d{4}-\d{2}-\d{2}$/.test(ref) ? { day: ref } : { statement: ref }, { at: Date.now() });
    },
  });
})();
