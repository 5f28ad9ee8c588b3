import {
  blockReasons, captureOutcomes, captureReasons, caseKinds, caseStates, contactTopics, disclosableFields, documentKinds, eligibilityRules, lookupPurposes, mailStates, serviceKinds,
} from '@ikd/contract'
import { afterEach, expect, test } from 'vitest'
import { languages, setLanguage } from '../language/language.ts'
import { captureOutcomeText, captureReasonText } from './capture-texts.ts'
import { blockReasonText, caseKindText, caseStateText, eligibilityText, lookupPurposeText, mailStateText } from './case-texts.ts'
import { documentKindText, fieldLabel, serviceKindText, topicText } from './record-texts.ts'

afterEach(() => setLanguage('id'))

const lists: Record<string, () => readonly string[]> = {
  'reasons of a capture': () => captureReasons.map(captureReasonText),
  'outcomes of a capture': () => captureOutcomes.map(captureOutcomeText),
  'kinds of cases': () => caseKinds.map(caseKindText),
  'states of a case': () => caseStates.map(caseStateText),
  'rules met': () => eligibilityRules.map((rule) => eligibilityText(rule, true)),
  'rules not met': () => eligibilityRules.map((rule) => eligibilityText(rule, false)),
  'states of a mail': () => mailStates.map(mailStateText),
  'purposes of a look-up': () => lookupPurposes.map(lookupPurposeText),
  'reasons to block': () => blockReasons.map(blockReasonText),
  documents: () => documentKinds.map(documentKindText),
  fields: () => disclosableFields.map(fieldLabel),
  services: () => serviceKinds.map(serviceKindText),
  topics: () => contactTopics.map(topicText),
}

test.each(Object.entries(lists))('%s can be told apart in both languages', (_, texts) => {
  for (const language of languages) {
    setLanguage(language)
    expect(new Set(texts()).size).toBe(texts().length)
    expect(texts().every((text) => text.length > 2)).toBe(true)
  }
})
