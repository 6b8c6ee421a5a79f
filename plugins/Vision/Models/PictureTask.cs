using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Models;

/// <summary>What models of one task are used for, and which families of them can be. Immutable.</summary>
/// <param name="Name">The task, as manifests name it.</param>
/// <param name="DefaultModel">The model that comes with the plugin, where nobody knows models by their task.</param>
/// <param name="Families">The families that can be used, the default model's first.</param>
internal sealed record PictureTask<TFamily>(string Name, string DefaultModel, IReadOnlyList<TFamily> Families)
    where TFamily : PictureFamily
{
    /// <summary>The family of a model.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: it is of no family that can be used.</exception>
    public TFamily FamilyOf(ModelDescription model)
    {
        var name = model.Properties.GetValueOrDefault(ModelChoice.FamilyProperty) ?? (model.Id == DefaultModel ? Families[0].Name : null);
        return Families.FirstOrDefault(family => family.Name == name) ?? throw new EdgeHostException(
            ErrorCode.FailedPrecondition, $"The model '{model.Id}' is of the family '{name}'; for the task '{Name}' known are {string.Join(", ", Families.Select(static family => family.Name))}.");
    }
}
