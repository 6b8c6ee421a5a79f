using EdgeHost.Learning.Preprocessing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EdgeHost.Pictures;

/// <summary>Registers the decoder of pictures.</summary>
public static class PicturesServiceCollectionExtensions
{
    /// <summary>Adds an <see cref="IPictureDecoder"/> for JPEG, PNG, WebP, BMP and GIF. Its native library is loaded with the first picture and not before.</summary>
    /// <param name="services">Where to add.</param>
    /// <param name="configure">Changes the options; null for the defaults.</param>
    public static IServiceCollection AddEdgeHostPictures(this IServiceCollection services, Action<PictureOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<PictureOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PictureOptions>, PictureOptionsValidator>());
        services.TryAddSingleton<IPictureDecoder, PictureDecoder>();
        return services;
    }
}
