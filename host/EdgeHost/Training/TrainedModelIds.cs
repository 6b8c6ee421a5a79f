using System.Globalization;
using EdgeHost.Learning.Examples;
using EdgeHost.Security.Access;

namespace EdgeHost.Host.Training;

/// <summary>
/// Ids of trained models: <c>app/name</c>, or <c>app~user/name</c> for an app of another user. No model of the store has such an id, and no plugin may lease one
/// that its manifest does not name.
/// </summary>
internal static class TrainedModelIds
{
    public static string Of(ExampleOwner owner, string name)
        => owner.UserId == ProcessUser.Id ? $"{owner.App}/{name}" : $"{owner.App}~{owner.UserId.ToString(CultureInfo.InvariantCulture)}/{name}";

    /// <summary>Takes an id with or without a version apart; false where it is not one of these.</summary>
    public static bool TryParse(string id, out ExampleOwner owner, out string name, out string? version)
    {
        (owner, name, version) = (default, string.Empty, null);
        var slash = id.IndexOf('/', StringComparison.Ordinal);
        if (slash < 1) return false;
        var (app, rest) = (id[..slash], id[(slash + 1)..]);
        var user = ProcessUser.Id;
        if (app.IndexOf('~', StringComparison.Ordinal) is >= 0 and var tilde)
        {
            if (!long.TryParse(app.AsSpan(tilde + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out user)) return false;
            app = app[..tilde];
        }

        var at = rest.IndexOf('@', StringComparison.Ordinal);
        (owner, name, version) = (new ExampleOwner(app, user), at < 0 ? rest : rest[..at], at < 0 ? null : rest[(at + 1)..]);
        return true;
    }
}
