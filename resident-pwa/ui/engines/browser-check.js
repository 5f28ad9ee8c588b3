/* oxlint-disable no-var -- read by browsers that know no other declaration */
// Served first, as a script of its own, in the language of 2009, so that a browser of any age can read it: whoever comes with one that is
// older than the floor (floor.ts) is told what to do, instead of being left with an empty page. The app looks at the mark and stays away.
(function () {
  'use strict'
  var page = document.documentElement

  /** What the floor's engines have, and those before them have not: Safari 16.4, Firefox 115, Chromium 111. */
  function isNewEnough() {
    return (
      'adoptedStyleSheets' in Document.prototype &&
      'toSorted' in Array.prototype &&
      'CSS' in window &&
      CSS.supports('color', 'color-mix(in srgb, red, blue)')
    )
  }

  var texts = {
    resident: [
      {
        lang: 'id',
        heading: 'Peramban ini terlalu lama',
        first: 'IKD memerlukan iOS 16.4, Chrome 111, atau Firefox 115 ke atas. Yang dapat Anda lakukan:',
        ways: [
          'iPhone atau iPad: buka Pengaturan, Umum, Pembaruan Perangkat Lunak.',
          'Android: perbarui Chrome di Play Store, lalu buka lagi halaman ini.',
          'Komputer: perbarui Chrome, Edge, atau Firefox.',
          'Tidak dapat diperbarui? Datang ke kantor Dukcapil. Petugas melayani Anda tanpa ponsel.',
        ],
        last: 'KTP-el fisik Anda tetap berlaku.',
      },
      {
        lang: 'en',
        heading: 'This browser is too old',
        first: 'IKD needs iOS 16.4, Chrome 111 or Firefox 115, or newer. What you can do:',
        ways: [
          'iPhone or iPad: open Settings, General, Software Update.',
          'Android: update Chrome in the Play Store, then open this page again.',
          'Computer: update Chrome, Edge or Firefox.',
          'It cannot be updated? Come to the Dukcapil office. They serve you without a phone.',
        ],
        last: 'Your physical KTP-el is still valid.',
      },
    ],
    desk: [
      {
        lang: 'id',
        heading: 'Peramban ini terlalu lama',
        first: 'Loket IKD memerlukan Chrome 111, Edge 111, Firefox 115, atau Safari 16.4 ke atas. Yang dapat Anda lakukan:',
        ways: ['Perbarui peramban di komputer ini, lalu buka lagi halaman ini.', 'Atau pakai aplikasi loket IKD, yang membawa perambannya sendiri.'],
        last: 'Bila tidak bisa, hubungi admin kantor.',
      },
      {
        lang: 'en',
        heading: 'This browser is too old',
        first: 'The IKD counter needs Chrome 111, Edge 111, Firefox 115 or Safari 16.4, or newer. What you can do:',
        ways: ['Update the browser on this computer, then open this page again.', 'Or use the IKD counter app, which brings its own browser.'],
        last: 'If that is not possible, tell your office’s administrator.',
      },
    ],
  }

  function add(parent, name, text) {
    var element = document.createElement(name)
    if (text) element.appendChild(document.createTextNode(text))
    parent.appendChild(element)
    return element
  }

  function show(said) {
    var body = document.body
    while (body.firstChild) body.removeChild(body.firstChild)
    var main = add(body, 'main')
    main.className = 'too-old'
    for (var i = 0; i < said.length; i++) {
      var part = add(main, 'section')
      part.lang = said[i].lang
      add(part, i === 0 ? 'h1' : 'h2', said[i].heading)
      add(part, 'p', said[i].first)
      var list = add(part, 'ul')
      for (var j = 0; j < said[i].ways.length; j++) add(list, 'li', said[i].ways[j])
      add(part, 'p', said[i].last)
    }
  }

  if (isNewEnough()) return
  page.setAttribute('data-too-old', '')
  var program = document.currentScript && document.currentScript.getAttribute('data-program') === 'desk' ? 'desk' : 'resident'
  document.addEventListener('DOMContentLoaded', function () {
    show(texts[program])
  })
})()
