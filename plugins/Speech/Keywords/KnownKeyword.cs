namespace EdgeHost.Plugins.Speech.Keywords;

/// <summary>A keyword with a model of its own.</summary>
/// <param name="Keyword">Its id.</param>
/// <param name="Model">The model's id.</param>
/// <param name="Licence">The model's licence as SPDX expression.</param>
/// <param name="IsInstalled">Whether the model is on the device.</param>
/// <param name="PullCommand">What gets the model.</param>
internal sealed record KnownKeyword(string Keyword, string Model, string Licence, bool IsInstalled, string PullCommand)
{
    /// <summary>What a person has to do to have it.</summary>
    public string Hint => $"Get its model with '{PullCommand}'; if its licence ({Licence}) must be accepted, read it and add --accept-license.";
}
