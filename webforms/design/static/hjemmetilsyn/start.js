// Starts the designsystem's components. Scripts inside the page are refused by our Content-Security-Policy.
DKFDS.init();
