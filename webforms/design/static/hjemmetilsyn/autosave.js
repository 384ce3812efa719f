// Sends a form to the server while it is written in, and says whether it is kept. The page works without it.
// What is not sent yet stands in the page alone: nothing personal is stored in the browser (but see unsent.js).
(function () {
  "use strict";
  var form = document.querySelector("form[data-autosave]"), line = document.getElementById("autosave-status");
  if (!form || !line || !window.fetch) return;
  var AFTER_A_KEY = 600, AT_THE_LATEST = 2000, FIRST_WAIT = 2000, LONGEST_WAIT = 60000;
  var NO_ANSWER = 20000, PATIENCE_AT_SUBMIT = 3000;
  var LARGEST_FAREWELL = 60000; // browsers send no more than 64 KiB from a page that is being left
  var REASONS = { 400: "refused", 401: "signedOut", 403: "signedOut", 409: "conflict", 413: "refused", 422: "refused" };
  var changes = 0, kept = 0, unsentSince = 0, wait = FIRST_WAIT, timer = 0;
  var isSending = false, isLeaving = false, isStopped = false, submitWaits = null;
  // Where the net comes and goes, a button is pressed only once a save has just reached the server: else the browser's
  // own page of “no connection” would take the place of this one.
  var needsNet = "needsNet" in form.dataset, isSure = false;

  function say(words, state) {
    line.dataset.state = state;
    if (line.textContent !== words) line.textContent = words;
  }

  function content() {
    var data = new FormData(form);
    Array.from(data.entries()).forEach(function (entry) {
      if (entry[1] instanceof File) data.delete(entry[0]);
    });
    return new URLSearchParams(data).toString();
  }

  // For unsent.js, which keeps what waits.
  function tell(what) {
    form.dispatchEvent(new CustomEvent("autosave:" + what));
  }

  function plan(delay) {
    clearTimeout(timer);
    timer = setTimeout(send, delay);
  }

  function changed(delay) {
    changes += 1;
    if (!unsentSince) unsentSince = Date.now();
    tell("changed");
    plan(Math.max(0, Math.min(delay, unsentSince + AT_THE_LATEST - Date.now())));
  }

  function send() {
    if (isSending || isLeaving || isStopped || kept === changes) return;
    var sent = changes, body = content();
    var isReached = false;
    isSending = true;
    unsentSince = 0;
    say(line.dataset.saving, "saving");
    fetch(form.dataset.autosave, {
      method: "POST", body: body, credentials: "same-origin", redirect: "manual",
      headers: { "X-Autosave": String(sent), "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8" },
      keepalive: document.visibilityState === "hidden" && body.length < LARGEST_FAREWELL,
      signal: AbortSignal.timeout && AbortSignal.timeout(NO_ANSWER)
    }).then(read).then(function (saved) {
      kept = sent;
      isReached = true;
      wait = FIRST_WAIT;
      baseOn(saved.based_on || {});
      if (kept !== changes) return plan(AFTER_A_KEY);
      say(line.dataset.saved.replace("%", clock()), "saved");
      tell("kept");
    }).catch(function (problem) {
      isStopped = problem.reason === "conflict";
      isReached = isStopped || problem.reason === "refused";
      say(line.dataset[problem.reason || "waiting"], "trouble");
      if (problem.reason) return;
      plan(wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    }).finally(function () {
      isSending = false;
      submitNow(isReached);
    });
  }

  function read(response) {
    // A redirect leads to the page for signing in.
    var reason = response.type === "opaqueredirect" ? "signedOut" : REASONS[response.status];
    if (reason || !response.ok) throw { reason: reason };
    return response.json();
  }

  // The next save is based on what this one wrote.
  function baseOn(revisions) {
    var field = form.elements._based_on;
    if (field) field.value = JSON.stringify(Object.assign(JSON.parse(field.value || "{}"), revisions));
  }

  function clock() {
    return new Date().toLocaleTimeString("da-DK", { hour: "2-digit", minute: "2-digit" });
  }

  // A press of a button waits for a save under way, which it would otherwise contradict.
  function submitNow(isReached) {
    if (!submitWaits) return;
    var button = submitWaits;
    submitWaits = null;
    if (needsNet && !isReached) return;
    isSending = false;
    isSure = true;
    form.requestSubmit(button);
  }

  function askTheServer() {
    if (isSending) return;
    changes += 1;
    clearTimeout(timer);
    send();
  }

  form.addEventListener("input", function () { changed(AFTER_A_KEY); });
  form.addEventListener("change", function () { changed(0); });
  form.addEventListener("submit", function (event) {
    var mustAsk = needsNet && !isSure && !isStopped;
    if ((isSending || mustAsk) && form.requestSubmit) {
      event.preventDefault();
      submitWaits = event.submitter;
      if (mustAsk) askTheServer();
      else setTimeout(submitNow, PATIENCE_AT_SUBMIT);
      return;
    }
    isLeaving = true;
    clearTimeout(timer);
  });
  window.addEventListener("online", function () { wait = FIRST_WAIT; plan(0); });
  document.addEventListener("visibilitychange", function () { if (document.visibilityState === "hidden") send(); });
  window.addEventListener("beforeunload", function (event) {
    if (!isLeaving && kept !== changes) event.preventDefault();
  });
  // The browser's back button may show the page as it was left.
  window.addEventListener("pageshow", function (event) { if (event.persisted) isLeaving = isSure = false; });
})();
