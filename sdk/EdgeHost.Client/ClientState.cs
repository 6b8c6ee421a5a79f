namespace EdgeHost.Client;

/// <summary>How a client stands to its host.</summary>
public enum ClientState
{
    /// <summary>There is no connection; the next call makes one.</summary>
    Disconnected = 0,

    /// <summary>A connection is being made.</summary>
    Connecting = 1,

    /// <summary>There is a connection.</summary>
    Connected = 2,

    /// <summary>The client was disposed.</summary>
    Disposed = 3,

    /// <summary>The host takes no new calls on the connection and still answers those under way; the next call makes another connection.</summary>
    Draining = 4,
}
