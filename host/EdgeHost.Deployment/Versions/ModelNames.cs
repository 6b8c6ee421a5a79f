namespace EdgeHost.Deployment.Versions;

/// <summary>Names of models: <c>id</c> for a shipped one, <c>app/name</c> for one of an app's own.</summary>
internal static class ModelNames
{
    private const int MaxLength = 64;

    /// <summary>Whether it is a model of an app's own.</summary>
    public static bool IsOfApp(string model) => model.Contains('/', StringComparison.Ordinal);

    /// <summary>Splits <c>id@version</c>.</summary>
    public static (string Id, string? Version) Split(string model)
    {
        var at = model.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? (model, null) : (model[..at], model[(at + 1)..]);
    }

    /// <summary>Checks a name, and that a model of an app's own is in the scope of that app.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is no name, or another app's.</exception>
    public static void Check(string model, VersionScope scope)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(scope);
        var slash = model.IndexOf('/', StringComparison.Ordinal);
        var name = slash < 0 ? model : model[(slash + 1)..];
        if (name.Length is 0 or > MaxLength || !name.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_' or '-'))
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"'{model}' is no name of a model: 1 to {MaxLength} characters of a-z 0-9 . _ -, for one of an app's own behind its name and a slash.");
        }

        if (slash >= 0 && model[..slash] != scope.App)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"'{model}' can only be a model of the app '{model[..slash]}', and this version is for {scope}.");
        }
    }
}
