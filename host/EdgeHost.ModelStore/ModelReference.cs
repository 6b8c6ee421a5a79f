namespace EdgeHost.ModelStore;

/// <summary>A model as people name it: <c>id</c> or <c>id@version</c>.</summary>
internal readonly record struct ModelReference(string Id, string? Version)
{
    public static ModelReference Parse(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? new ModelReference(text, null) : new ModelReference(text[..at], text[(at + 1)..]);
    }

    public override string ToString() => Version is null ? Id : $"{Id}@{Version}";
}
