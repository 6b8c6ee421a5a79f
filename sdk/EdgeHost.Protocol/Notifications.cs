namespace EdgeHost.Protocol;

/// <summary>Notifications: messages without an answer. All but the last carry the id of the call they belong to.</summary>
internal static class Notifications
{
    /// <summary>Host to client: <c>[msgid, item]</c>.</summary>
    public const string Item = "$/item";

    /// <summary>Client to host: <c>[msgid, item]</c>.</summary>
    public const string Push = "$/push";

    /// <summary>Client to host: <c>[msgid]</c>; nothing more is pushed.</summary>
    public const string End = "$/end";

    /// <summary>Receiver of items to their sender: <c>[msgid, n]</c>.</summary>
    public const string Credit = "$/credit";

    /// <summary>Client to host: <c>[msgid]</c>.</summary>
    public const string Cancel = "$/cancel";

    /// <summary>Host to client, just before the response: <c>[msgid, info]</c>.</summary>
    public const string Info = "$/info";

    /// <summary>Either side: <c>[{code, message}]</c>; no new calls, and why.</summary>
    public const string GoingAway = "$/going_away";
}
