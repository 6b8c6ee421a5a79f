using System.Text.Json.Serialization;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>How entries and settings are written as JSON, made at build time: reflection would keep an old version of the plugin in memory.</summary>
[JsonSerializable(typeof(AlertEntry))]
[JsonSerializable(typeof(AlertSettings))]
internal sealed partial class AlertJson : JsonSerializerContext;
