using EdgeHost.Jobs.Personal;
using EdgeHost.PluginHost;

namespace EdgeHost.Host.Training;

/// <summary>Whether what a plugin declares is a job that this host can do.</summary>
internal sealed class PersonalisationCheck : IPersonalisationCheck
{
    public string? FindProblem(PluginPersonalisation personalisation, string spec)
    {
        ArgumentNullException.ThrowIfNull(personalisation);
        try
        {
            PersonalisationRules.Read(personalisation.Method, personalisation.Model, spec);
            return null;
        }
        catch (EdgeHostException e)
        {
            return e.Message;
        }
    }
}
