"""The environment, validated once. A `.env` file is read; `.env.example` documents every variable."""

import secrets
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

_GENERATED = "generated.secrets"


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    database_url: str | None = Field(None, validation_alias="DATABASE_URL")
    database_direct_url: str | None = Field(None, validation_alias="DATABASE_DIRECT_URL")
    database_pooler: Literal["none", "transaction"] = Field("none", validation_alias="DATABASE_POOLER")
    port: int = Field(8000, ge=1, le=65535, validation_alias="PORT")
    environment: Literal["production", "development"] = Field("production", validation_alias="MARCHANTE_ENV")
    data_dir: Path | None = Field(None, validation_alias="MARCHANTE_DATA_DIR")
    secret_key: SecretStr | None = Field(None, validation_alias="SECRET_KEY")
    whatsapp_token: SecretStr | None = Field(None, validation_alias="WHATSAPP_TOKEN")
    whatsapp_app_secret: SecretStr | None = Field(None, validation_alias="WHATSAPP_APP_SECRET")
    whatsapp_verify_token: SecretStr | None = Field(None, validation_alias="WHATSAPP_VERIFY_TOKEN")
    whatsapp_api_url: str = Field("https://graph.facebook.com", validation_alias="WHATSAPP_API_URL")
    whatsapp_api_version: str = Field("v25.0", pattern=r"^v\d+\.\d+$", validation_alias="WHATSAPP_API_VERSION")
    public_url: str = Field("", pattern=r"^(https?://\S+)?$", validation_alias="PUBLIC_URL")
    media_url: str | None = Field(None, validation_alias="MEDIA_URL")
    aws_region: str | None = Field(None, validation_alias="AWS_REGION")
    aws_endpoint_url: str | None = Field(None, validation_alias="AWS_ENDPOINT_URL")
    gemini_api_key: SecretStr | None = Field(None, validation_alias="GEMINI_API_KEY")
    geocoding_api_key: SecretStr | None = Field(None, validation_alias="GEOCODING_API_KEY")
    geocoding_url: str | None = Field(None, validation_alias="GEOCODING_URL")
    alert_urls: str = Field("", validation_alias="ALERT_URLS")
    log_format: Literal["json", "console"] = Field("json", validation_alias="LOG_FORMAT")

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @property
    def data_folder(self) -> Path:
        """Where the embedded database, media and logs live."""
        return (self.data_dir or Path(".marchante")).absolute()

    @cached_property
    def secret_keys(self) -> tuple[str, ...]:
        """The first encrypts, all decrypt. Development makes its own and keeps it in the data folder."""
        configured = self.secret_key.get_secret_value() if self.secret_key else ""
        keys = tuple(key.strip() for key in configured.split(",") if key.strip())
        return keys or self._development_secret("secret_key")

    @cached_property
    def app_secret(self) -> str:
        """Signs every webhook. Empty in production when it was not given: nothing is then accepted (fail closed)."""
        if self.whatsapp_app_secret:
            return self.whatsapp_app_secret.get_secret_value()
        return next(iter(self._development_secret("app_secret")), "")

    @cached_property
    def verify_token(self) -> str:
        if self.whatsapp_verify_token:
            return self.whatsapp_verify_token.get_secret_value()
        return next(iter(self._development_secret("verify_token")), "")

    def _development_secret(self, name: str) -> tuple[str, ...]:
        if self.is_production:
            return ()
        path = self.data_folder / _GENERATED / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(32), encoding="utf-8")
        return (path.read_text(encoding="utf-8").strip(),)
