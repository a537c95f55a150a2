/* A button on each block of code that copies it: of a session only what was typed, without its prompts. */

{
  const PROMPT = /^(?:>>> ?|\.\.\. ?|\$ )/;
  /** How long a button says that it has copied, in milliseconds. */
  const SAID = 2000;
  /** How much of the first line names a button to who does not see what it is on. */
  const NAMED = 40;

  /** What a reader means to paste. A line that ends in a backslash goes on. */
  const typed = (text) => {
    const lines = text.replace(/\n+$/, "").split("\n");
    if (!lines.some((line) => PROMPT.test(line))) return lines.join("\n");
    let goesOn = false;
    const kept = lines.filter((line) => {
      const is = goesOn || PROMPT.test(line);
      goesOn = is && line.endsWith("\\");
      return is;
    });
    return kept.map((line) => line.replace(PROMPT, "")).join("\n");
  };

  /** The old way, which also works on a site without HTTPS. */
  const byCommand = (text, button) => {
    const area = document.createElement("textarea");
    area.className = "tp-copy-area";
    area.value = text;
    button.after(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    button.focus();
    return copied;
  };

  const copy = async (text, button) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return byCommand(text, button);
    }
  };

  const status = document.createElement("div");
  status.className = "tp-copy-status";
  status.setAttribute("role", "status");
  document.body.append(status);

  for (const block of document.querySelectorAll("div.highlight > pre")) {
    const text = typed(block.textContent);
    const [first] = text.split("\n");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tp-copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy ${first.length > NAMED ? `${first.slice(0, NAMED)}\u2026` : first}`);
    let timer = 0;
    button.addEventListener("click", async () => {
      const said = (await copy(text, button)) ? "Copied" : "Not copied: select the text and press Ctrl+C";
      button.textContent = said.split(":")[0];
      // Emptied before, so that the same words are spoken again.
      status.textContent = "";
      requestAnimationFrame(() => {
        status.textContent = said;
      });
      clearTimeout(timer);
      timer = setTimeout(() => {
        button.textContent = "Copy";
        status.textContent = "";
      }, SAID);
    });
    block.after(button);
  }
}
