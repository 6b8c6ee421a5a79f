using System.Security.Cryptography;
using System.Text;

namespace EdgeHost.Learning.Examples;

/// <summary>Names of datasets of features that models made: one for each version of a model, since features of two versions say nothing of one another.</summary>
public static class FeatureDatasets
{
    private const int HashLength = 16;

    /// <summary>The dataset of features: <c>language.analyze_sentiment.language-features-en.1.0.0</c>.</summary>
    /// <param name="dataset">What the examples are for, usually the method that judges them; a name of a dataset.</param>
    /// <param name="model">The model that made the features, as <c>id@version</c>.</param>
    /// <returns>A name of a dataset that begins with <paramref name="dataset"/> and a point. What no such name may have is a <c>_</c>; where it would be too long, a hash stands for the model.</returns>
    public static string NameOf(string dataset, string model)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(model);
        var name = $"{dataset}.{Plain(model)}";
        return name.Length <= ExampleRules.MaxNameLength
            ? name
            : $"{dataset[..Math.Min(dataset.Length, ExampleRules.MaxNameLength - HashLength - 1)]}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(model)))[..HashLength]}";
    }

    /// <summary>Whether a dataset is one of features for that method.</summary>
    /// <param name="name">The dataset's name.</param>
    /// <param name="dataset">What its examples would be for.</param>
    public static bool IsOf(string name, string dataset)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(dataset);
        return name.Length > dataset.Length + 1 && name[dataset.Length] == '.' && name.StartsWith(dataset, StringComparison.Ordinal);
    }

    private static string Plain(string model) => string.Create(model.Length, model, static (span, from) =>
    {
        for (var i = 0; i < from.Length; i++) span[i] = from[i] is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_' or '-' ? from[i] : from[i] == '@' ? '.' : '_';
    });
}
