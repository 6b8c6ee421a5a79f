namespace EdgeHost.Protocol.Connections;

/// <summary>How the threads of a <see cref="ReaderCrew"/> read one connection.</summary>
internal interface ICrewReading
{
    /// <summary>What is read.</summary>
    FrameConnection Connection { get; }

    /// <summary>Reads. By one thread of the crew at a time.</summary>
    /// <param name="isHandedOn">Whether the reading was taken from a thread that is at work, and is this one's already.</param>
    /// <returns>
    /// <see cref="ReadOutcome.End"/> when the connection has ended, <see cref="ReadOutcome.HandedOn"/> if another thread reads on, or <see cref="ReadOutcome.Idle"/> if
    /// nobody does: the calling thread must park it or run it again.
    /// </returns>
    ReadOutcome Run(bool isHandedOn);
}
