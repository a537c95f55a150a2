/**
 * The one policy of trusted types, for the three places where a page takes text for more than text.
 *
 * A site whose policy has `require-trusted-types-for 'script'; trusted-types trigpoint` lets
 * nothing but what is made here become markup, a worker or a service worker.  Where the
 * browser knows no trusted types, the text itself does.
 */

/** The site's own scripts lie here or above; no worker comes from anywhere else. */
const ORIGIN = new URL(import.meta.url).origin;

interface Policy {
  createHTML(html: string): string;
  createScriptURL(url: string): string;
}

/** As the browser has it: what it makes stands for a string wherever one is wanted. */
interface Factory {
  createPolicy(name: string, rules: Policy): Policy;
}

const rules: Policy = {
  // Python makes it, by a builder that escapes by construction.
  createHTML: (html) => html,
  createScriptURL: (url) => {
    if (new URL(url).origin !== ORIGIN) throw new TypeError(`not a script of this site: ${url}`);
    return url;
  },
};

const { trustedTypes } = globalThis as { readonly trustedTypes?: Factory };
const policy = trustedTypes?.createPolicy("trigpoint", rules) ?? rules;

/** What Python answered, as a fragment of a page. */
export function fragment(html: string): DocumentFragment {
  const template = document.createElement("template");
  template.innerHTML = policy.createHTML(html);
  return template.content;
}

/** The address of a script of this site, as what a worker takes; another one throws. */
export function trustedScript(url: URL): string {
  return policy.createScriptURL(url.href);
}
