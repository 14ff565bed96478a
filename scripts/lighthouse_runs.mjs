// Opens pages in Lighthouse one after the other, each in a new Chromium, and prints one line of JSON
// a visit. `lighthouse.py` starts it: one process for all visits, for half of each went into starting
// Lighthouse. It reads from its input lines such as {"address": "...", "device": "mobile"}.

import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

const [folder, categories] = process.argv.slice(2)
const found = createRequire(`${folder}/package.json`)
const load = (name) => import(pathToFileURL(found.resolve(name)))
const { default: lighthouse, desktopConfig } = await load('lighthouse')
const { launch } = await load('chrome-launcher')
const CHROME = ['--headless=new', '--no-sandbox', '--disable-gpu']
const CONFIGS = { mobile: undefined, desktop: desktopConfig }

for await (const line of createInterface({ input: process.stdin })) {
  const { address, device } = JSON.parse(line)
  const chrome = await launch({ chromeFlags: CHROME, chromePath: process.env.CHROME_PATH })
  const flags = {
    port: chrome.port, onlyCategories: categories.split(','), logLevel: 'silent', disableFullPageScreenshot: true,
  }
  try {
    const { lhr } = await lighthouse(address, flags, CONFIGS[device])
    console.log(JSON.stringify(lhr))
  } finally {
    chrome.kill()
  }
}
