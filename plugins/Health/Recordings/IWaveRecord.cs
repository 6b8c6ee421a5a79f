namespace EdgeHost.Plugins.Health.Recordings;

/// <summary>A record of several waves, whose samples are read once and in pieces, so that a record of any length takes little memory.</summary>
internal interface IWaveRecord
{
    /// <summary>The waves.</summary>
    IReadOnlyList<WaveInfo> Waves { get; }

    /// <summary>Reads the samples of all waves; what is given is good until the next piece is asked for.</summary>
    /// <param name="blockSamples">Samples of a block.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/> or <see cref="ErrorCode.DataLoss"/>: the record is damaged or truncated.</exception>
    IEnumerable<WaveBlock> Read(int blockSamples);
}
