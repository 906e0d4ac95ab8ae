using IotGateway.Cloud.Data;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Weather;

/// <summary>The room's entry: the recorded weather, read at start.</summary>
internal static class WeatherRoom
{
    public static void AddWeather(this WebApplicationBuilder builder, Apiary apiary) =>
        builder.Services.AddSingleton(WeatherBook.From(builder.Configuration.Read<WeatherOptions>("Weather"), apiary.Sites));
}
