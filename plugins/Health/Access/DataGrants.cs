using EdgeHost.Plugins.Health.Samples;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Health.Access;

/// <summary>Which types of readings the device's owner lets an app read and write: permissions <c>health.read.TYPE</c> and <c>health.write.TYPE</c>, beside those of methods.</summary>
internal static class DataGrants
{
    private const string Read = "read";
    private const string Write = "write";

    /// <summary>Whether the calling app may read a type.</summary>
    public static bool MayRead(CapabilityContext context, SampleType type) => context.Allows(NameOf(Read, type));

    /// <summary>Whether it may write one.</summary>
    public static bool MayWrite(CapabilityContext context, SampleType type) => context.Allows(NameOf(Write, type));

    /// <summary>The types that the calling app may read.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.PermissionDenied"/>: none.</exception>
    public static IReadOnlyList<SampleType> Readable(CapabilityContext context)
    {
        List<SampleType> types = [.. SampleTypes.All.Values.Where(type => MayRead(context, type))];
        return types.Count > 0 ? types : throw Denied(context, "read", "health data", $"health.{Read}.*");
    }

    /// <summary>The names of the types that are not among some.</summary>
    public static IReadOnlyList<string> Withheld(IReadOnlyList<SampleType> readable) => [.. SampleTypes.All.Values.Except(readable).Select(static type => type.Name)];

    /// <summary>Refuses an app that may not read a type.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.PermissionDenied"/>.</exception>
    public static void CheckRead(CapabilityContext context, SampleType type)
    {
        if (!MayRead(context, type)) throw Denied(context, "read", type.Name, NameOf(Read, type));
    }

    /// <summary>Refuses samples of a type that the app may not write.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.PermissionDenied"/>.</exception>
    public static void CheckWrite(CapabilityContext context, IReadOnlyList<Sample> samples)
    {
        var known = new HashSet<SampleType>();
        foreach (var sample in samples)
        {
            if (known.Add(sample.Type) && !MayWrite(context, sample.Type)) throw Denied(context, "write", sample.Type.Name, NameOf(Write, sample.Type));
        }
    }

    private static string NameOf(string use, SampleType type) => $"health.{use}.{type.Name}";

    private static EdgeHostException Denied(CapabilityContext context, string use, string what, string permission)
        => new(ErrorCode.PermissionDenied, $"The app '{context.App.Name}' may not {use} {what}. The device's owner can allow it: edgehost apps grant {context.App.Name} {permission}");
}
