using EdgeHost.PluginSdk;

namespace EdgeHost.Runtime.Models;

/// <summary>The order in which plugins hear of the models of a task: those on the device, among each those that call themselves the default, then by id. Thread-safe.</summary>
public sealed class AvailableModelOrder : IComparer<AvailableModel>
{
    /// <summary>The property of a manifest by which a model calls itself the default of its task, with the value <c>true</c>.</summary>
    public const string DefaultProperty = "default";

    private AvailableModelOrder()
    {
    }

    /// <summary>The only one.</summary>
    public static AvailableModelOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(AvailableModel? x, AvailableModel? y)
    {
        if (x is null || y is null) return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        if (x.IsInstalled != y.IsInstalled) return x.IsInstalled ? -1 : 1;
        var isDefault = IsDefault(x);
        return isDefault != IsDefault(y) ? (isDefault ? -1 : 1) : string.CompareOrdinal(x.Id, y.Id);
    }

    private static bool IsDefault(AvailableModel model) => model.Properties.TryGetValue(DefaultProperty, out var value) && value == "true";
}
