namespace EdgeHost.Client.Extensions.AI;

/// <summary>What the adapters have in common.</summary>
internal static class Services
{
    public const string ProviderName = "edgehost";

    /// <summary>What an adapter answers to <c>GetService</c>: itself, what it stands on, and its description, none of them under a key.</summary>
    public static object? Find(Type type, object? key, object adapter, EdgeHostClient client, object metadata)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (key is not null) return null;
        if (type.IsInstanceOfType(adapter)) return adapter;
        if (type.IsInstanceOfType(metadata)) return metadata;
        return type.IsInstanceOfType(client) ? client : null;
    }

    /// <summary>Refuses what the capability has no field for and what would change the answer's meaning if it were dropped.</summary>
    public static EdgeHostException NotThere(string method, string what) => new(ErrorCode.Unimplemented, $"{method} has no {what}.");
}
