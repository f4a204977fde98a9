/* The box that says why: what it says is fetched when it is opened, and again if the page changes meanwhile. */
(function () {
  "use strict";

  function tell(place, words) {
    var line = document.createElement("p");
    line.setAttribute("role", "status");
    line.textContent = words;
    var before = place.querySelector("[role=status]");
    if (before) {
      before.remove();
    }
    if (words) {
      place.prepend(line);
    }
  }

  function show(place) {
    var address = place.getAttribute("data-why");
    window.fetch(address).then(function (answer) {
      if (!answer.ok) {
        throw new Error(String(answer.status));
      }
      return answer.json();
    }).then(function (answer) {
      // Meanwhile the box may be about another day.
      if (place.getAttribute("data-why") === address) {
        window.positionsParts.replace(place, answer.nodes);
      }
    }).catch(function () {
      if (place.getAttribute("data-why") === address) {
        tell(place, "What this rests on cannot be fetched at the moment. Open the box again later.");
      }
    });
  }

  // The event of a box that opens does not bubble.
  document.addEventListener("toggle", function (event) {
    var place = event.newState === "open" && event.target.querySelector("[data-why]");
    if (place) {
      show(place);
    }
  }, true);

  document.addEventListener("filled", function () {
    document.querySelectorAll("[popover]:popover-open [data-why]").forEach(show);
  });
})();
