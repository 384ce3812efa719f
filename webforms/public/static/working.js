// Says that work is under way, and keeps a second press from being sent. The page works without it.
(function () {
  "use strict";
  var status = document.getElementById("working"), WORKING = status.dataset.working;

  function working(form) {
    var button = form.querySelector("button"), words = button.querySelector(".words");
    button.setAttribute("aria-disabled", "true");
    words.dataset.before = words.textContent;
    words.textContent = WORKING;
    status.textContent = WORKING;
  }

  function idle(button) {
    var words = button.querySelector(".words");
    button.removeAttribute("aria-disabled");
    words.textContent = words.dataset.before;
  }

  document.addEventListener("submit", function (event) {
    if (document.querySelector("button[aria-disabled]")) event.preventDefault();
    else if (event.target.querySelector(".words")) working(event.target);
  });
  // The browser's back button may show the page as it was left.
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    document.querySelectorAll("button[aria-disabled]").forEach(idle);
    status.textContent = "";
  });
})();
