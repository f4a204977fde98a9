/* The charts as the server drew them: what a mark says, the way from mark to mark by keyboard, and zooming. */
(function () {
  "use strict";

  var SAYS = ":is(.drawing a, .drawing [role=img])";

  /* What a mark says, beside it: as long as it is pointed at or has the focus */

  var box = document.createElement("div");
  var shown = null;
  box.className = "says";
  box.setAttribute("aria-hidden", "true"); // it is the name of the mark
  box.hidden = true;

  function line(words, index) {
    var element = document.createElement(index ? "span" : "b");
    element.textContent = words;
    return element;
  }

  function show(mark) {
    if (mark === shown || !mark.hasAttribute("aria-label")) {
      return;
    }
    shown = mark;
    box.replaceChildren.apply(box, mark.getAttribute("aria-label").split("\n").map(line));
    if (!box.isConnected) {
      document.body.append(box);
    }
    box.hidden = false;
    place();
  }

  function place() {
    if (!shown) {
      return;
    }
    var at = shown.getBoundingClientRect();
    var left = Math.min(at.left + at.width / 2 + 8, document.documentElement.clientWidth - box.offsetWidth - 8);
    var below = at.bottom + 2 + box.offsetHeight < window.innerHeight;
    box.style.left = Math.max(8, left) + "px";
    box.style.top = (below ? at.bottom + 2 : Math.max(0, at.top - 2 - box.offsetHeight)) + "px";
  }

  function hide() {
    shown = null;
    box.hidden = true;
  }

  // The mark with the focus goes on saying its words while the pointer, or the page under it, moves elsewhere.
  function marked(element) {
    var mark = element && element.closest && element.closest(SAYS);
    return mark || (document.activeElement.matches(SAYS + ":focus-visible") ? document.activeElement : null);
  }

  ["pointerover", "focusin"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      var mark = marked(event.target);
      if (mark) {
        show(mark);
      } else if (!event.target.closest || !event.target.closest(".says")) {
        hide();
      }
    });
  });
  document.addEventListener("click", hide);
  document.addEventListener("filled", function () {
    if (shown && !shown.isConnected) { // it shows another day
      hide();
    }
  });
  // The focus scrolls the page to the mark; who scrolls past it has read what it says.
  window.addEventListener("scroll", function () {
    if (marked(null)) {
      place();
    } else {
      hide();
    }
  }, { passive: true });

  /* One stop for the tabulator in each chart; the arrows lead on from there */

  function marksOf(chart) {
    return Array.prototype.slice.call(chart.querySelectorAll("a"));
  }

  function stopAt(marks, index) {
    marks.forEach(function (mark, place) {
      mark.setAttribute("tabindex", place === index ? "0" : "-1");
    });
  }

  document.addEventListener("filled", function () {
    document.querySelectorAll(".drawing").forEach(function (chart) {
      var marks = marksOf(chart);
      stopAt(marks, Math.max(0, marks.indexOf(document.activeElement)));
    });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      hide();
    }
    var chart = event.target.closest && event.target.closest(".drawing a") && event.target.closest(".drawing");
    if (!chart || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    var marks = marksOf(chart);
    var now = marks.indexOf(event.target.closest("a"));
    var wanted = {
      ArrowLeft: now - 1, ArrowUp: now - 1, ArrowRight: now + 1, ArrowDown: now + 1, Home: 0, End: marks.length - 1,
    }[event.key];
    if (wanted !== undefined) {
      event.preventDefault();
      wanted = Math.max(0, Math.min(marks.length - 1, wanted));
      stopAt(marks, wanted);
      marks[wanted].focus();
      show(marks[wanted]);
    }
  });

  /* Zooming: a chart of plotly.js, which is loaded for the first one, takes the drawing's place */

  var LIBRARY = "/_dash-component-suites/plotly/package_data/plotly.min.js";
  var zoomed = new Map(); // the address of the chart that each place shows

  function loadLibrary() {
    return window.Plotly ? Promise.resolve() : new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = LIBRARY;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  }

  function draw(place, address) {
    zoomed.set(place, address);
    var asked = window.fetch(address + "&scheme=" + window.positionsScheme()).then(function (answer) {
      return answer.ok ? answer.json() : Promise.reject();
    });
    Promise.all([asked, loadLibrary()]).then(function (found) {
      if (zoomed.get(place) === address) {
        window.Plotly.react(place, found[0].data, found[0].layout, found[0].config);
      }
    }).catch(function () {
      leave(place);
      document.getElementById("said").textContent = "The chart to zoom into cannot be loaded at the moment.";
    });
  }

  function leave(place) {
    zoomed.delete(place);
    if (window.Plotly) {
      window.Plotly.purge(place);
    }
    place.replaceChildren();
    place.className = "chart-zoom";
    press();
  }

  function placeOf(button) {
    return button.closest("figure").querySelector(".chart-zoom");
  }

  function press() {
    document.querySelectorAll("[data-zoom]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(zoomed.has(placeOf(button))));
    });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-zoom]");
    if (button && zoomed.has(placeOf(button))) {
      leave(placeOf(button));
    } else if (button) {
      draw(placeOf(button), button.getAttribute("data-zoom"));
      press();
    }
  });

  // The chart follows the page once a handle is released; another page has other charts.
  document.addEventListener("filled", function () {
    zoomed.forEach(function (address, place) {
      var button = place.closest("figure").querySelector("[data-zoom]");
      var wanted = button ? button.getAttribute("data-zoom") : "";
      if (wanted.split("?")[0] !== address.split("?")[0]) {
        leave(place);
      } else if (wanted !== address && !document.querySelector("#page[data-ahead]")) {
        draw(place, wanted);
      }
    });
    press();
  });
  function drawAnew() {
    zoomed.forEach(function (address, place) { draw(place, address); });
  }
  new MutationObserver(drawAnew).observe(document.documentElement, { attributeFilter: ["data-scheme"] });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAnew);
})();
