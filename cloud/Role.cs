using IotGateway.Hosting.Configuration;

namespace IotGateway.Cloud;

/// <summary>
/// Share of this process in the cloud's work: <c>--role all</c>, the default, or one part of it, many times beside each other.
/// </summary>
/// <param name="Name">The role's name.</param>
/// <param name="Web">Pages and API.</param>
/// <param name="Ingest">Takes what gateways send.</param>
/// <param name="Transform">Makes the curated lake.</param>
/// <param name="Forecast">Judges the hives.</param>
internal sealed record Role(string Name, bool Web, bool Ingest, bool Transform, bool Forecast)
{
    /// <summary>The whole cloud in one process.</summary>
    public static readonly Role Whole = new("all", true, true, true, true);

    /// <summary>Stores alone, for commands on a stopped cloud.</summary>
    public static readonly Role None = new("none", false, false, false, false);

    private static readonly Role[] All =
    [
        Whole, new("web", true, false, false, false), new("ingest", false, true, false, false),
        new("transform", false, false, true, false), new("forecast", false, false, false, true),
    ];

    /// <exception cref="ConfigurationException">
    /// There is no such role, or it shares what it works on with other processes but its stores are this one's alone.
    /// </exception>
    public static Role Read(IConfiguration configuration)
    {
        var name = configuration["Role"] ?? "all";
        var role = Array.Find(All, r => r.Name == name);
        Options.Check(role is not null, "--role", name, "all, web, ingest, transform or forecast");
        if (role!.Name != "all")
        {
            Options.Check(
                configuration["Observations:Store"] == "dynamodb", "Observations:Store", configuration["Observations:Store"],
                $"dynamodb with --role {name}: lite is for one process that does all");
            Options.Check(
                configuration["Lake:Store"] == "s3", "Lake:Store", configuration["Lake:Store"],
                $"s3 with --role {name}: a folder is for one process that does all");
        }

        return role;
    }
}
