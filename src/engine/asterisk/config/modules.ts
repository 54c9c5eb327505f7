/** What the engine loads, in the order that it needs. Everything else stays on disk. */
const modules = `
res_timing_timerfd res_sorcery_config res_sorcery_memory res_sorcery_astdb res_pjproject res_pjsip
res_pjsip_session res_pjsip_sdp_rtp res_pjsip_registrar res_pjsip_outbound_registration
res_pjsip_authenticator_digest res_pjsip_outbound_authenticator_digest res_pjsip_endpoint_identifier_ip
res_pjsip_endpoint_identifier_user res_pjsip_caller_id res_pjsip_dtmf_info res_pjsip_diversion
res_pjsip_header_funcs res_pjsip_messaging res_pjsip_nat res_pjsip_notify res_pjsip_path res_pjsip_refer
res_pjsip_rfc3326 res_pjsip_pubsub res_pjsip_outbound_publish res_pjsip_exten_state res_pjsip_dialog_info_body_generator
res_pjsip_pidf_body_generator res_pjsip_mwi res_pjsip_mwi_body_generator res_pjsip_transport_websocket
res_pjsip_t38 res_pjsip_acl res_pjsip_dlg_options res_pjsip_empty_info res_pjsip_logger
res_pjsip_sips_contact res_http_websocket res_websocket_client res_crypto res_srtp res_rtp_asterisk
res_format_attr_opus res_stasis res_stasis_answer res_stasis_device_state res_stasis_playback
res_stasis_recording res_stasis_snoop res_ari res_ari_model res_ari_applications res_ari_asterisk
res_ari_bridges res_ari_channels res_ari_device_states res_ari_endpoints res_ari_events
res_ari_playbacks res_ari_recordings res_ari_sounds res_musiconhold res_fax res_fax_spandsp
res_security_log res_tonedetect chan_pjsip res_rtp_multicast chan_rtp chan_websocket chan_bridge_media codec_alaw
codec_ulaw codec_a_mu codec_g722 codec_gsm codec_resample codec_opus_open_source format_wav format_pcm
format_sln format_gsm bridge_simple bridge_softmix bridge_holding bridge_native_rtp
bridge_builtin_features bridge_builtin_interval_features pbx_config app_stasis app_echo app_playback
app_senddtmf app_verbose app_amd app_userevent app_sendtext app_transfer app_playtones app_milliwatt func_channel
func_callerid func_cut func_db func_devstate func_dialplan func_env func_global func_hangupcause
func_holdintercept func_jitterbuffer func_logic func_math func_pjsip_aor func_pjsip_contact
func_pjsip_endpoint func_sorcery func_sprintf func_strings func_talkdetect func_timeout func_uri
func_volume
`
  .trim()
  .split(/\s+/);

/** `modules.conf`: nothing by itself, these by name. */
export const modulesConf = (): string =>
  `[modules]\nautoload=no\n${modules.map((name) => `load=${name}.so\n`).join('')}`;
