namespace EdgeHost.Host.Cli;

/// <summary>The <c>FIELD=PATH</c> of an option.</summary>
internal readonly record struct FieldAndPath(string Field, string Path)
{
    public static FieldAndPath Parse(string option, string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && equals < text.Length - 1
            ? new FieldAndPath(text[..equals], text[(equals + 1)..])
            : throw new UsageException($"{option} takes FIELD=PATH, not '{text}'.");
    }
}
