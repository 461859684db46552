import { describe, expect, it } from 'vitest';
import { RealmChanges } from './realm-changes.js';

describe('changes of the globals', () => {
  it('names what was added, replaced and removed, and runs no getter', () => {
    const realm: Record<string, unknown> = {
      kept: NaN,
      replaced: 1,
      removed: 1,
      get trap(): never {
        throw new Error('read');
      },
    };
    const changes = new RealmChanges(realm);
    realm['passing'] = 1;
    delete realm['passing'];
    realm['replaced'] = 2;
    expect(changes.names()).toEqual(['replaced']);
    realm['replaced'] = 1;
    delete realm['removed'];
    realm['added'] = 1;
    expect([...changes.names()].sort()).toEqual(['added', 'removed']);
    realm['more'] = 1;
    expect(changes.names(false), 'another number of them is seen at once').toContain('more');
    realm['kept'] = 5;
    expect(changes.names(false)).not.toContain('kept');
    expect(changes.names()).toContain('kept');
  });
});
