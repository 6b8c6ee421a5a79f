namespace EdgeHost.Protocol.Connections;

/// <summary>How the threads of a <see cref="ReaderCrew"/> read one connection.</summary>
internal interface ICrewReading
{
    /// <summary>What is read.</summary>
    FrameConnection Connection { get; }

    /// <summary>Reads. By one thread of the crew at a time.</summary>
    /// <param name="isHandedOn">Whether the reading was taken from a thread that is at work, and is this one's already.</param>
    /// <returns>Whether the connection has ended; false if another thread reads on.</returns>
    bool Run(bool isHandedOn);
}
