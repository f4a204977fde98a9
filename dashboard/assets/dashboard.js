/* The little that has to happen in the browser: the parts of the page, the way to the quote. */
(function () {
  "use strict";

  // One listener for all buttons that open a statement; the time makes a second click on the same one count.
  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-open]");
    if (button) {
      var asked = { statement: button.getAttribute("data-open"), at: event.timeStamp };
      window.dash_clientside.set_props("asked", { data: asked });
      // The drawer opens under a box that lies over the page.
      var box = button.closest("[popover]");
      if (box) {
        box.hidePopover();
      }
    }
  });

  // What every part shows by the server's last answer, by its id, and what of it shows another day meanwhile.
  var filled = {};
  var ahead = {};

  function show(id) {
    var place = document.getElementById(id) || document.querySelector('[data-part="' + id + '"]');
    var part = ahead[id] || filled[id];
    if (place && part && place.shownText !== part.text) {
      place.shownText = part.text;
      refill(place, part.nodes);
    }
  }

  function showAll(ids) {
    ids.forEach(show);
    // This part lies in another one, which may just have been made anew.
    show("beside");
    showDay();
    nameWindow();
    document.dispatchEvent(new CustomEvent("filled"));
  }

  window.positionsParts = {
    // Shows nothing in a part until the server fills it again.
    empty: function (id) {
      filled[id] = { nodes: [], text: "[]" };
      showAll([id]);
    },
    // Shows parts of another day in the place of the server's; `null` goes back to these.
    ahead: function (parts) {
      var before = Object.keys(ahead);
      ahead = parts || {};
      if (parts || before.length) {
        showAll(Object.keys(Object.assign({}, ahead, parts ? {} : filled)));
      }
    },
    replace: replace,
  };

  // A node is a text, or a tag with attributes and nodes (dashboard/markup/serialise.py); text is never parsed.
  function made(node, space) {
    if (typeof node === "string") {
      return document.createTextNode(node);
    }
    var own = node[0] === "svg" ? "http://www.w3.org/2000/svg" : space;
    var element = document.createElementNS(own, node[0]);
    Object.keys(node[1]).forEach(function (name) {
      element.setAttribute(name, node[1][name]);
    });
    node[2].forEach(function (inner) {
      element.append(made(inner, own));
    });
    return element;
  }

  function isSame(one, two) {
    if (typeof one === "string" || typeof two === "string" || one.length !== two.length) {
      return one === two;
    }
    return one.every(function (part, index) {
      var other = two[index];
      return Array.isArray(part) && Array.isArray(other) ? isSame(part, other)
        : typeof part === "object" ? JSON.stringify(part) === JSON.stringify(other) : part === other;
    });
  }

  // What a reader filled in is not kept for another day's form: these are made anew as a whole.
  var WHOLE = { form: true, select: true };

  // Changes what differs and leaves the rest: most of a page is the same on neighbouring days.
  function patch(element, before, after) {
    after.forEach(function (node, index) {
      var old = before[index];
      var child = element.childNodes[index];
      if (old === undefined) {
        element.append(made(node, element.namespaceURI));
      } else if (isSame(old, node)) {
        return;
      } else if (typeof old === "string" || typeof node === "string" || old[0] !== node[0] || WHOLE[node[0]]) {
        child.replaceWith(made(node, element.namespaceURI));
      } else {
        Object.keys(old[1]).forEach(function (name) {
          if (!(name in node[1])) {
            child.removeAttribute(name);
          }
        });
        Object.keys(node[1]).forEach(function (name) {
          if (old[1][name] !== node[1][name]) {
            child.setAttribute(name, node[1][name]);
          }
        });
        if ("data-why" in node[1]) {
          replace(child, node[2]); // what was fetched for another day (why.js)
        } else {
          patch(child, old[2], node[2]);
        }
      }
    });
    while (element.childNodes.length > after.length) {
      element.lastChild.remove();
    }
  }

  function replace(place, nodes) {
    place.replaceChildren.apply(place, nodes.map(function (node) { return made(node, "http://www.w3.org/1999/xhtml"); }));
  }

  // Whoever was on the third link of a part is on its third link afterwards.
  function refill(place, nodes) {
    var reached = "a, button, input, select";
    var focused = document.activeElement;
    var at = Array.prototype.indexOf.call(place.querySelectorAll(reached), focused);
    if (place.shownNodes && place.childNodes.length === place.shownNodes.length) {
      patch(place, place.shownNodes, nodes);
    } else {
      replace(place, nodes);
    }
    place.shownNodes = nodes;
    if (at >= 0 && focused !== document.activeElement && place.querySelectorAll(reached)[at]) {
      place.querySelectorAll(reached)[at].focus();
    }
  }

  var path = window.location.pathname;

  function toTop() {
    if (path !== window.location.pathname) {
      path = window.location.pathname;
      window.scrollTo(0, 0);
    }
  }

  // What the page is about, as the browser's tabs and history name it.
  function nameWindow() {
    var words = Array.prototype.map.call(document.getElementById("heading").childNodes, function (node) {
      return node.textContent.trim();
    });
    document.title = words.filter(Boolean).join(" · ");
  }

  // The small charts stay as they are while the slider moves: only the line of the day does.
  function showDay() {
    var now = document.querySelector("[data-now]");
    if (now) {
      document.getElementById("multiples").style.setProperty("--now", now.getAttribute("data-now"));
      document.getElementById("heat").style.setProperty("--now", now.getAttribute("data-heat"));
    }
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    positions: {
      // Fills the parts that only show something; a part that stays as it was is not touched.
      fill: function (parts) {
        toTop();
        Object.keys(parts || {}).forEach(function (id) {
          filled[id] = { nodes: parts[id], text: JSON.stringify(parts[id]) };
        });
        document.dispatchEvent(new CustomEvent("answered", { detail: parts }));
        showAll(Object.keys(parts || {}));
      },
    },
  });
})();
