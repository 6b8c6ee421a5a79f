using EdgeHost.Capabilities.Recommendation;

namespace EdgeHost.Plugins.Recommendation.Storage;

/// <summary>A version of a catalogue's models, whose file is beside the database.</summary>
/// <param name="Version">Counted from 1.</param>
/// <param name="IsCurrent">Whether it serves; of the others there is one at most.</param>
/// <param name="Epoch">How often something had been forgotten when its events were read: one of an older epoch may know what is forgotten.</param>
/// <param name="LastEvent">The newest event that it includes.</param>
/// <param name="Built">What its build answered.</param>
internal sealed record StoredVersion(long Version, bool IsCurrent, long Epoch, long LastEvent, BuildResponse Built);
