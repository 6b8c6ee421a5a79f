using EdgeHost.Jobs.Specs;

namespace EdgeHost.Jobs.Personal;

/// <summary>What a specification must be for a plugin to declare it.</summary>
public static class PersonalisationRules
{
    /// <summary>Reads a declared specification.</summary>
    /// <param name="method">The method whose feedback it learns from.</param>
    /// <param name="model">The model that it personalises.</param>
    /// <param name="spec">The specification, as JSON.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is wrong, or not for that method and model; says what is.</exception>
    public static JobSpec Read(string method, string model, string spec)
    {
        var read = JobSpecReader.Read(spec);
        var problem = read switch
        {
            { IsPersonal: false } => "'personalises' is missing, which names the shipped model",
            _ when read.Model != model => $"'personalises' is '{read.Model}', and the manifest says '{model}'",
            _ when read.Dataset != method => $"'data.dataset' is '{read.Dataset}', and feedback on '{method}' joins the dataset of that name",
            { Retrain: null } => "'retrain' is missing, which says after how many labels it begins",
            _ => null,
        };
        return problem is null ? read : throw new EdgeHostException(ErrorCode.InvalidArgument, $"{problem}.");
    }
}
