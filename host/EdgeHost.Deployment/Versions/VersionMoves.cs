namespace EdgeHost.Deployment.Versions;

/// <summary>Which way a version may go. The host itself goes step by step through the gate; a person may skip steps, and answers for it.</summary>
public static class VersionMoves
{
    /// <summary>Whether the move is allowed.</summary>
    /// <param name="from">Where it is.</param>
    /// <param name="to">Where it is to go.</param>
    /// <param name="actor">Who decides.</param>
    public static bool IsAllowed(VersionState from, VersionState to, VersionActor actor)
    {
        if (from == to) return false;
        return actor switch
        {
            VersionActor.Gate => (from, to) is (VersionState.Shadow, VersionState.Canary) or (VersionState.Canary, VersionState.Current)
                or (VersionState.Shadow or VersionState.Canary or VersionState.Current, VersionState.Retired),
            VersionActor.Maker => from == VersionState.Stored && to != VersionState.Retired,

            // What serves ends by a rollback or a successor; nothing is put back into the store.
            _ => to != VersionState.Stored && (from != VersionState.Current || to == VersionState.Retired),
        };
    }
}
