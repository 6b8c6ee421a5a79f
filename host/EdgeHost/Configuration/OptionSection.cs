namespace EdgeHost.Host.Configuration;

/// <summary>A section of the file.</summary>
internal sealed record OptionSection(string Name, Type Options)
{
    public OptionNode Node => field ??= OptionSchema.Of(Options);
}
