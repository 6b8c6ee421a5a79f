namespace EdgeHost.Plugins.Health.Storage;

/// <summary>Where a page of samples ended.</summary>
/// <param name="Time">The last sample's time, in milliseconds since 1970 (UTC).</param>
/// <param name="Source">The tag of its source.</param>
internal sealed record PagePlace(long Time, byte[] Source);
