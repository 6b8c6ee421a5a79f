namespace EdgeHost.PluginSdk.Typed;

/// <summary>Names the capability that a handler serves and says what discovery shows about it.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CapabilityAttribute : Attribute
{
    /// <summary>Names a capability.</summary>
    /// <param name="method">The method, for example <c>vision.detect_faces</c>; must be in the manifest's <c>capabilities</c>.</param>
    public CapabilityAttribute(string method) => Method = method;

    /// <summary>The method.</summary>
    public string Method { get; }

    /// <summary>One sentence about what it does.</summary>
    public string Summary { get; init; } = string.Empty;

    /// <summary>An example of a request as JSON; binary fields as <c>"@file"</c>.</summary>
    public string Example { get; init; } = "{}";

    /// <summary>Ids of the models it may lease; each must be in the manifest's <c>models</c>.</summary>
    public string[] Models { get; init; } = [];

    /// <summary>Tasks whose models it may list and lease; each must be in the manifest's <c>tasks</c>.</summary>
    public string[] Tasks { get; init; } = [];

    /// <summary>The version of its messages, raised when they change; ≥ 1.</summary>
    public int Version { get; init; } = 1;
}
