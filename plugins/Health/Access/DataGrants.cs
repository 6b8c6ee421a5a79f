using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Samples;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Health.Access;

/// <summary>
/// Which data of the journal the device's owner lets an app read and write: permissions <c>health.read.TYPE</c> and <c>health.write.TYPE</c>, beside those of methods. A type is one of readings,
/// <c>ecg</c> or <c>ppg</c>: waves and the alerts of live signals.
/// </summary>
internal static class DataGrants
{
    /// <summary>The type of ECGs.</summary>
    public const string Ecg = "ecg";

    /// <summary>The type of pulse signals.</summary>
    public const string Ppg = "ppg";

    private const string Read = "read";
    private const string Write = "write";

    /// <summary>The kinds of waves.</summary>
    public static IReadOnlyList<WaveKind> WaveKinds { get; } = [WaveKind.Ecg, WaveKind.Ppg];

    /// <summary>The names of all types: readings first, then waves.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. SampleTypes.All.Keys, .. WaveKinds.Select(NameOf)];

    /// <summary>The type of waves of a kind.</summary>
    public static string NameOf(WaveKind kind) => kind == WaveKind.Ecg ? Ecg : Ppg;

    /// <summary>Whether the calling app may read a type.</summary>
    public static bool MayRead(CapabilityContext context, string type) => context.Allows(PermissionOf(Read, type));

    /// <summary>Whether it may write one.</summary>
    public static bool MayWrite(CapabilityContext context, string type) => context.Allows(PermissionOf(Write, type));

    /// <summary>The types of readings that the calling app may read.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.PermissionDenied"/>: none.</exception>
    public static IReadOnlyList<SampleType> Readable(CapabilityContext context) => Some(context, SampleTypes.All.Values.Where(type => MayRead(context, type.Name)));

    /// <summary>The names of the types, those of waves among them, that the calling app may read.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.PermissionDenied"/>: none.</exception>
    public static IReadOnlyList<string> ReadableNames(CapabilityContext context) => Some(context, Names.Where(type => MayRead(context, type)));

    /// <summary>The kinds of waves that the calling app may read.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.PermissionDenied"/>: none.</exception>
    public static IReadOnlyList<WaveKind> ReadableKinds(CapabilityContext context) => Some(context, WaveKinds.Where(kind => MayRead(context, NameOf(kind))));

    /// <summary>The names of the types of readings that are not among some.</summary>
    public static IReadOnlyList<string> Withheld(IReadOnlyList<SampleType> readable) => [.. SampleTypes.All.Values.Except(readable).Select(static type => type.Name)];

    /// <summary>Refuses an app that may not read a type.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.PermissionDenied"/>.</exception>
    public static void CheckRead(CapabilityContext context, string type)
    {
        if (!MayRead(context, type)) throw Denied(context, Read, type, PermissionOf(Read, type));
    }

    /// <summary>Refuses an app that may not write a type.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.PermissionDenied"/>.</exception>
    public static void CheckWrite(CapabilityContext context, string type)
    {
        if (!MayWrite(context, type)) throw Denied(context, Write, type, PermissionOf(Write, type));
    }

    /// <summary>Refuses samples of a type that the app may not write.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.PermissionDenied"/>.</exception>
    public static void CheckWrite(CapabilityContext context, IReadOnlyList<Sample> samples)
    {
        var known = new HashSet<SampleType>();
        foreach (var sample in samples)
        {
            if (known.Add(sample.Type)) CheckWrite(context, sample.Type.Name);
        }
    }

    private static List<T> Some<T>(CapabilityContext context, IEnumerable<T> allowed)
    {
        List<T> some = [.. allowed];
        return some.Count > 0 ? some : throw Denied(context, Read, "health data", $"health.{Read}.*");
    }

    private static string PermissionOf(string use, string type) => $"health.{use}.{type}";

    private static EdgeHostException Denied(CapabilityContext context, string use, string what, string permission)
        => new(ErrorCode.PermissionDenied, $"The app '{context.App.Name}' may not {use} {what}. The device's owner can allow it: edgehost apps grant {context.App.Name} {permission}");
}
