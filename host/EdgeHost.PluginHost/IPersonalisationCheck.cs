namespace EdgeHost.PluginHost;

/// <summary>Checks what a plugin wants to learn from feedback, before the plugin is used. Thread-safe; what is wrong is an answer, never an exception.</summary>
public interface IPersonalisationCheck
{
    /// <summary>Why a declaration is no good, as a sentence; null if it is good.</summary>
    /// <param name="personalisation">What the manifest says.</param>
    /// <param name="spec">The content of the specification's file.</param>
    string? FindProblem(PluginPersonalisation personalisation, string spec);
}
