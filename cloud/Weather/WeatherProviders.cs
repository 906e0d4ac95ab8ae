using System.Collections.Frozen;
using IotGateway.Cloud.Weather.Providers;
using IotGateway.Cloud.Weather.Providers.GhcnDaily;
using IotGateway.Cloud.Weather.Providers.Nws;
using IotGateway.Cloud.Weather.Providers.OpenMeteo;
using IotGateway.Cloud.Weather.Providers.TheWeatherCompany;
using IotGateway.Hosting.Configuration;

namespace IotGateway.Cloud.Weather;

/// <summary>Parts of the house that a provider is made with.</summary>
internal sealed record ProviderSetup(WeatherOptions Options, WeatherLine Line, TimeProvider Time)
{
    /// <summary>An address of a provider: the configured one, or its own.</summary>
    public Uri Address(string name) => WeatherProviders.AddressOf(Options, name);
}

/// <summary>A provider as the configuration knows it.</summary>
/// <param name="Name">What it is called there.</param>
/// <param name="Addresses">Its addresses by their names, the first by its own.</param>
/// <param name="Create">Makes it; null for one that gives days, not hours.</param>
/// <param name="Check">Checks of the options it cannot do without; null when there are none.</param>
internal sealed record ProviderEntry(
    string Name, (string Name, string Address)[] Addresses, Func<ProviderSetup, IWeatherProvider>? Create,
    Action<WeatherOptions>? Check = null);

/// <summary>List of the weather providers, an entry each; its order is that of messages.</summary>
internal static class WeatherProviders
{
    public static readonly ProviderEntry[] All =
    [
        new(
            OpenMeteoProvider.ProviderName, OpenMeteoProvider.Addresses,
            s => new OpenMeteoProvider(
                s.Line, s.Address(OpenMeteoProvider.ProviderName), s.Address(OpenMeteoProvider.ArchiveName), s.Time)),
        new(
            NwsProvider.ProviderName, NwsProvider.Addresses,
            s => new NwsProvider(s.Line, s.Address(NwsProvider.ProviderName), s.Options.Contact, s.Time),
            o => Options.Check(
                o.Contact.Contains('@', StringComparison.Ordinal) || o.Contact.StartsWith("https://", StringComparison.Ordinal),
                "Weather:Contact", o.Contact, "a mail address or an https address, which NWS asks for")),
        new(TheWeatherCompanyProvider.ProviderName, TheWeatherCompanyProvider.Addresses,
            s => new TheWeatherCompanyProvider(
                s.Line, s.Address(TheWeatherCompanyProvider.ProviderName), s.Options.TheWeatherCompany, s.Time),
            o => Options.Check(o.TheWeatherCompany.ApiKey.Length > 0, "Weather:TheWeatherCompany:ApiKey", "", "a key")),
        new(GhcnDailyProvider.ProviderName, GhcnDailyProvider.Addresses, Create: null),
    ];

    public static string[] Names { get; } = [.. All.Select(p => p.Name)];

    /// <summary>The providers' own addresses.</summary>
    public static FrozenDictionary<string, Uri> Addresses { get; } =
        All.SelectMany(p => p.Addresses).ToFrozenDictionary(a => a.Name, a => new Uri(a.Address), StringComparer.Ordinal);

    public static Uri AddressOf(WeatherOptions options, string name) =>
        options.Addresses.TryGetValue(name, out var other) ? new Uri(other) : Addresses[name];

    /// <summary>Makes the hourly providers that the configuration names, in its order.</summary>
    public static IReadOnlyList<IWeatherProvider> Create(ProviderSetup setup) =>
        [.. setup.Options.Providers.Select(name => Array.Find(All, p => p.Name == name)?.Create?.Invoke(setup)).OfType<IWeatherProvider>()];
}
