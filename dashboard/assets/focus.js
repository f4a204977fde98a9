/* Whoever closes a statement is back where it was opened. */
(function () {
  "use strict";

  var CLOSED = 250; // milliseconds until a closing drawer has let the focus go
  var opener = null;

  document.addEventListener("click", function (event) {
    var part = event.target.closest && event.target.closest("a, button, summary");
    if (part && !part.closest(".mantine-Drawer-root")) {
      opener = part;
    }
  }, true);

  function giveBack() {
    var focused = document.activeElement;
    if (opener && opener.isConnected && (!focused || focused === document.body)) {
      opener.focus({ preventScroll: true });
    }
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside);
  window.dash_clientside.positions = Object.assign({}, window.dash_clientside.positions, {
    giveFocusBack: function (isOpen) {
      if (!isOpen) {
        window.setTimeout(giveBack, CLOSED);
      }
    },
  });
})();
