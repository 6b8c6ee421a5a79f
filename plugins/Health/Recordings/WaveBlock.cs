namespace EdgeHost.Plugins.Health.Recordings;

/// <summary>The next samples of one of a record's waves.</summary>
/// <param name="Wave">The wave's place in the record.</param>
/// <param name="Samples">The samples, NaN for missing ones; each block but a wave's last has the same number.</param>
internal readonly record struct WaveBlock(int Wave, ReadOnlyMemory<float> Samples);
