using System.Reflection;

namespace EdgeHost.Host.Configuration;

/// <summary>A key of a group and what may stand there.</summary>
internal sealed record OptionKey(PropertyInfo Property, OptionNode Node, bool IsRequired)
{
    public string Name => Property.Name;
}
