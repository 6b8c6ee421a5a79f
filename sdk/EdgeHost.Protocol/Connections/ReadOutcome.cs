namespace EdgeHost.Protocol.Connections;

/// <summary>What became of one round of reading.</summary>
internal enum ReadOutcome
{
    /// <summary>There may be more.</summary>
    More,

    /// <summary>The connection has ended; <see cref="FrameConnection.EndReading"/> comes next.</summary>
    End,

    /// <summary>Another thread reads now.</summary>
    HandedOn,

    /// <summary>Nothing came for <see cref="FrameConnectionOptions.ParkAfter"/>; the thread may read on, or leave it parked.</summary>
    Idle,
}
